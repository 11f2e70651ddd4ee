# PDFs in, PDFs out. Imported by the jail's child too: nothing is imported here.
