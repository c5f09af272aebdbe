"""What goes to patients by e-mail: addresses that they have confirmed, letters, an outbox."""
