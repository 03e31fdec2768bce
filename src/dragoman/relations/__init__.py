"""Events → what two countries do: visits, claims, series, alerts. Pure functions of values."""
