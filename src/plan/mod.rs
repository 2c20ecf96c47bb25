//! The plan: which tables are asked, by which kinds of key, in which order.
