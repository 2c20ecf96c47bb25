//! Verification: a bundle is whole, and nothing withheld is in it.
