"""The national directory of ICD-10: imported whole from its published file, served whole."""
