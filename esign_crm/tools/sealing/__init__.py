# Sealing keys, the seal and its verification. Nothing is imported here: see tools/__init__.py.
