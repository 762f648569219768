"""kztext reads Kazakh and Russian texts on the economy and writes down what they say in numbers."""

__version__ = "0.1.0"
