"""Figures and the rows behind them as files: CSV, XLSX, SAV, Parquet, each with what its columns mean."""
