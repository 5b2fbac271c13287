"""The regions of the page: each a pure function from an answer and the words of a language to what is shown."""
