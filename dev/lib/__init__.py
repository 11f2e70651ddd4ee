"""The parts behind the commands; up to `boot` they need nothing but Python itself."""
