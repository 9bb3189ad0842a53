//! Keys and their purposes: seal, open, sign, wrap, split. Device side only.
