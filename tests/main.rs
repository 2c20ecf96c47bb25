//! The whole way, as a user goes it.
