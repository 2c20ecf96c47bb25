//! SQL databases as sources, one dialect a module.
