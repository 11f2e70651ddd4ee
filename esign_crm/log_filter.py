"""Keeps signing links out of the logs: the access log prints paths, and a path is the key."""

import logging

from .tools.masking import mask_links

_formatter = logging.Formatter()


class LinkFilter(logging.Filter):
    """Masks the token of signing links in a record, its arguments and its traceback."""

    def filter(self, record):
        """Change the record in place; never drop it."""
        try:
            self._mask(record)
        except (TypeError, ValueError, KeyError):
            return True  # a record that cannot be formatted is reported by its handler
        return True

    @staticmethod
    def _mask(record):
        message = record.getMessage()
        masked = mask_links(message)
        if masked != message:
            record.msg, record.args = masked, None
        if record.exc_info and not record.exc_text:
            record.exc_text = _formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_links(record.exc_text)


def install():
    """Put the filter in front of every handler of the root logger and of the access log; repeatable.

    Handlers are inherited by the worker processes of a prefork server, filters with them.
    """
    for handler in logging.getLogger().handlers:
        _add_once(handler)
    for name in ("werkzeug", "longpolling"):
        _add_once(logging.getLogger(name))


def _add_once(place):
    if not any(type(each).__name__ == LinkFilter.__name__ for each in place.filters):
        place.addFilter(LinkFilter())


install()
