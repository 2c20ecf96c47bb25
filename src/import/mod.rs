//! Maps from descriptions that others have written.
