# The ways out: plain Python that talks to providers of messages. Import the parts by name.
