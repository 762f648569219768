"""Chains: what a zone does not say comes from its neighbours in the same list.

Gapped enumerations, "from X to Y, that is by N", wholes and parts, shared predicates, periods and units.
"""

from kztext.chains.order import settled_drafts

__all__ = ["settled_drafts"]
