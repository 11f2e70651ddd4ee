"""Local servers that speak the real protocols and file what they receive.

Each is a class (`with SmtpSink(folder) as sink:`) and a program (`python -m dev.sinks.smtp`); each
obeys a control file, see `control`.
"""
