"""Carry: what a sentence leaves unsaid comes from the heading above it or the sentences before it."""

from kztext.carry.document import read_document

__all__ = ["read_document"]
