"""dragoman: political event data from the world's press."""
