//! Request, Reply and Event between the user interface and the core; the TypeScript types come from here.
