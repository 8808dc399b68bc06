"""The reference: a page and a JSON schema for each resource, generated from the declarations alone."""

from isthmus.declare.reference.schema import schema

__all__ = ["schema"]
