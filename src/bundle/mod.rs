//! The bundle: the ZIP that is handed over.
