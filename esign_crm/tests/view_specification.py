"""What the web client asks for to show a view."""

from lxml import etree


def specification(env, model, arch):
    """Return the fields of ``arch`` as ``web_search_read`` takes them, with those of views within it."""
    found = {}
    for node in arch.iter("field"):
        if next(node.iterancestors("field"), None) is not None:
            continue
        field = env[model]._fields[node.get("name")]
        found[field.name] = {}
        if field.type == "many2one":
            found[field.name] = {"fields": {"display_name": {}}}
        elif field.relational and len(node):
            inner = etree.Element("inner")
            inner.extend(list(etree.fromstring(etree.tostring(node))))
            found[field.name] = {"fields": specification(env, field.comodel_name, inner)}
    return found
