"""Letters: what they tell, what they keep to themselves, what they bring along."""
