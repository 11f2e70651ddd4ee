"""pyHanko's reader, made quick for long documents whose objects are packed in streams."""

from io import BytesIO

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader


class Reader(PdfFileReader):
    """Unpacks each object stream once, and its table of contents too; pyHanko does so per object."""

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> generic.PdfObject:
        table, data = self._object_stream(stmnum)
        if idnum not in table:
            return generic.NullObject()
        data.seek(table[idnum])
        try:
            return generic.read_object(data, generic.Reference(idnum, 0, self))
        except (misc.PdfStreamError, misc.PdfReadError):
            return generic.NullObject()  # as pyHanko does, and viewers

    def _object_stream(self, number: int) -> tuple[dict[int, int], BytesIO]:
        """Return where each object of an object stream is, and the stream's unpacked bytes."""
        known = self.__dict__.setdefault("_esign_object_streams", {})
        if number not in known:
            stream = generic.Reference(number, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise misc.PdfReadError("not an object stream")
            data, first = stream.data, int(stream["/First"])
            # ISO 32000-1, 7.5.7: pairs of an object's number and its place behind the first one
            numbers = [int(each) for each in data[:first].split()[: 2 * int(stream["/N"])]]
            places: dict[int, int] = {}
            for key, at in zip(numbers[::2], numbers[1::2], strict=False):
                places.setdefault(key, first + at)
            known[number] = (places, BytesIO(data))
        return known[number]


def open_reader(content: bytes) -> Reader:
    """Return a reader of a document, lenient as viewers are."""
    return Reader(BytesIO(content), strict=False)
