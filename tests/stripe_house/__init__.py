"""Stand in for Stripe: localstripe with a Checkout page beside it, a separate process on loopback only.

`python -m tests.stripe_house --port 0` prints its address; tests use `StripeHouse` of `process`. localstripe
keeps the money; what Stripe has and localstripe lacks (Checkout, kept answers, refunds that never exceed the
payment, more events) is added here, and `checked_walk` holds our requests against Stripe's own description.
"""
