# Pure Python: values in, values out. Import the parts by name (`from .tools import masking`);
# nothing is imported here, so that a child process pays only for what it uses.
