"""The ECG desk's arithmetic: filters, calipers, beats, long records, paper."""
