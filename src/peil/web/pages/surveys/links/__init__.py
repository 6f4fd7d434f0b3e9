"""Links to a survey: made, closed, as a QR code, as a sheet to hang."""
