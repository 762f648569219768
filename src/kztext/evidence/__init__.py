"""Evidence: what each quantity's own zone says of it.

Kazakh has the subject to the left of the number and the predicate to its right, Russian mostly the reverse.
What a zone does not say is left to its neighbours (chains/).
"""

from kztext.evidence.dating import is_beside
from kztext.evidence.drafts import read_draft
from kztext.evidence.growers import GDP, GRP, REGION, SEVERAL, UNNAMED, grown, of_region
from kztext.evidence.naming import extended, name_subjects
from kztext.evidence.sentence import HOME, RATIO_UNITS, Evidence
from kztext.evidence.wholes import set_whole, set_words

__all__ = [
    "GDP",
    "GRP",
    "HOME",
    "RATIO_UNITS",
    "REGION",
    "SEVERAL",
    "UNNAMED",
    "Evidence",
    "extended",
    "grown",
    "is_beside",
    "name_subjects",
    "of_region",
    "read_draft",
    "set_whole",
    "set_words",
]
