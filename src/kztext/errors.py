"""The errors a user can cause and mend. Each message says what was found, where, and what would be right."""


class KztextError(Exception):
    """The base of all errors that the command line prints without a traceback (exit code 2)."""


class InputError(KztextError):
    """A document, table or option that cannot be used."""


class PackError(KztextError):
    """A language pack or catalogue file that is not in order; names file and rule."""


class ModelError(KztextError):
    """A folder of `models/` that is absent or does not fit the data or the library."""


class SeriesError(KztextError):
    """A reference series that is absent or malformed."""
