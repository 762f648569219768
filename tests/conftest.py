"""Settings of the whole suite."""

from hypothesis import settings

# A busy machine is no failure: laws say what holds, not how fast.
settings.register_profile("kztext", deadline=None)
settings.load_profile("kztext")
