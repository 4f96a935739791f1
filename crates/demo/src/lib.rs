//! The demo company: a seed in, a bank with two years of customers' voices out.
