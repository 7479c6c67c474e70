"""Invented years: how a policy would move the rate, and how likely a deficit is (spec 5.8 and 5.9).

Nothing here makes a price: it tells a treasurer what to expect, so it may estimate with binary fractions and draws
its luck from a seed. The one policy that the house really follows is asked itself, in its exact arithmetic.
"""
