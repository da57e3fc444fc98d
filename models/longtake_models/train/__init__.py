"""One module per part; `python -m longtake_models.train` trains all of them, or the parts that it is given."""
