//! Files and functions fit on few screens. What does not is listed with its size, and the list may only shrink.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use proc_macro2::TokenTree;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::{Finding, Source};

const MAX_RUST_LINES: usize = 600;
const MAX_SVELTE_LINES: usize = 300;
const MAX_FUNCTION_LINES: usize = 80;

/// Lines of a place and its size today: `crates/store/src/tx.rs 612`, `crates/store/src/tx.rs::commit 84`.
const EXCEPTIONS: &str = "crates/xtask/tidy-exceptions.txt";

/// A file or a function, with the number of its lines and the most that it may have.
struct Measured {
    place: String,
    lines: usize,
    limit: usize,
}

/// Test code may have long functions: a table of cases is read from top to bottom.
pub(super) fn check(sources: &[Source]) -> Result<Vec<Finding>> {
    let mut measured: Vec<Measured> = sources.iter().filter_map(file).collect();
    for source in sources.iter().filter(|source| source.extension() == "rs" && !source.is_test()) {
        measured.extend(functions(source)?);
    }
    let exceptions = sources.iter().find(|source| source.path == EXCEPTIONS);
    let exceptions = exceptions.map_or(Ok(BTreeMap::new()), |source| parse_exceptions(&source.text))?;
    Ok(compare(&measured, exceptions))
}

fn compare(measured: &[Measured], mut exceptions: BTreeMap<String, usize>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Measured { place, lines, limit } in measured.iter().filter(|measured| measured.lines > measured.limit)
    {
        let message = match exceptions.remove(place) {
            Some(listed) if listed == *lines => continue,
            Some(listed) if *lines < listed => format!("{lines} lines now: lower its exception"),
            Some(listed) => format!("{lines} lines, its exception allows {listed}"),
            None => format!("{lines} lines, at most {limit}"),
        };
        findings.push(Finding { place: place.clone(), message });
    }
    let needless = exceptions.into_keys();
    findings
        .extend(needless.map(|place| Finding { place, message: "needs no exception any more".to_owned() }));
    findings
}

fn file(source: &Source) -> Option<Measured> {
    let limit = match source.extension() {
        "rs" => MAX_RUST_LINES,
        "svelte" => MAX_SVELTE_LINES,
        _ => return None,
    };
    Some(Measured { place: source.path.clone(), lines: source.text.lines().count(), limit })
}

fn functions(source: &Source) -> Result<Vec<Measured>> {
    let file = syn::parse_file(&source.text).with_context(|| format!("{} does not parse", source.path))?;
    let mut found = Functions { path: &source.path, measured: Vec::new() };
    found.visit_file(&file);
    Ok(found.measured)
}

fn parse_exceptions(text: &str) -> Result<BTreeMap<String, usize>> {
    let entries = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parse = |line: &str| {
        let (place, lines) = line.rsplit_once(' ').with_context(|| format!("{EXCEPTIONS}: {line}"))?;
        Ok((place.to_owned(), lines.parse().with_context(|| format!("{EXCEPTIONS}: {line}"))?))
    };
    entries.map(parse).collect()
}

struct Functions<'a> {
    path: &'a str,
    measured: Vec<Measured>,
}

impl Functions<'_> {
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        let place = format!("{}::{}", self.path, signature.ident);
        self.measured.push(Measured { place, lines, limit: MAX_FUNCTION_LINES });
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !only_in_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !only_in_tests(&function.attrs) {
            self.measure(&function.sig, &function.block);
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !only_in_tests(&function.attrs) {
            self.measure(&function.sig, &function.block);
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

/// `#[test]`, `#[tokio::test]`, `#[cfg(test)]`.
fn only_in_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let is_test = path.segments.last().is_some_and(|segment| segment.ident == "test");
        is_test || (path.is_ident("cfg") && names_test(attribute))
    })
}

fn names_test(attribute: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    list.tokens.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == "test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sources: &[(&str, String)]) -> Vec<String> {
        let source = |(path, text): &(&str, String)| Source { path: (*path).to_owned(), text: text.clone() };
        let sources: Vec<Source> = sources.iter().map(source).collect();
        check(&sources).expect("parses").iter().map(Finding::to_string).collect()
    }

    fn function(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    #[test]
    fn files_have_limits() {
        assert!(said(&[("a.rs", "//\n".repeat(600)), ("a.svelte", "<p>\n".repeat(300))]).is_empty());
        assert_eq!(said(&[("a.rs", "//\n".repeat(601))]), ["a.rs: 601 lines, at most 600"]);
        assert_eq!(said(&[("a.svelte", "<p>\n".repeat(301))]), ["a.svelte: 301 lines, at most 300"]);
    }

    #[test]
    fn functions_have_limits_outside_tests() {
        assert!(said(&[("a.rs", function(80))]).is_empty());
        assert_eq!(said(&[("a.rs", function(81))]), ["a.rs::long: 81 lines, at most 80"]);
        assert_eq!(said(&[("a.rs", format!("impl A {{\n{}}}\n", function(81)))]).len(), 1);
        assert_eq!(said(&[("a.rs", format!("mod inner {{\n{}}}\n", function(81)))]).len(), 1);
        assert!(said(&[("a.rs", format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function(81)))]).is_empty());
        assert!(said(&[("a.rs", format!("#[tokio::test]\nasync {}", function(81)))]).is_empty());
        assert!(said(&[("crates/a/tests/it/main.rs", function(81))]).is_empty());
    }

    #[test]
    fn exceptions_only_shrink() {
        let list = |lines: &str| (EXCEPTIONS, format!("# places and their sizes\n{lines}\n"));
        assert!(said(&[("a.rs", function(90)), list("a.rs::long 90")]).is_empty());
        assert_eq!(
            said(&[("a.rs", function(91)), list("a.rs::long 90")]),
            ["a.rs::long: 91 lines, its exception allows 90"]
        );
        assert_eq!(
            said(&[("a.rs", function(85)), list("a.rs::long 90")]),
            ["a.rs::long: 85 lines now: lower its exception"]
        );
        assert_eq!(
            said(&[("a.rs", function(70)), list("a.rs::long 90")]),
            ["a.rs::long: needs no exception any more"]
        );
    }
}
