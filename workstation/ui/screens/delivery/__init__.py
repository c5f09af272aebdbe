"""How far a conclusion has come to its patient: a section for the card and the archive."""
