//! What people see, word for word.
