//! Templates of sentences: `[one|other]` alternatives, `<он|она>` by the author's gender, `{slot}`.

use std::collections::BTreeMap;

use crate::{
    DemoError,
    draw::{Stream, one_of},
    slots::{Author, Filled},
};

/// A sentence that can be said in many ways.
#[derive(Debug, Clone)]
pub struct Template(Vec<Node>);

#[derive(Debug, Clone)]
enum Node {
    Text(String),
    Choice(Vec<Vec<Node>>),
    Gender { he: String, she: String },
    List(usize),
    Filled(Filled),
}

/// The slots of one language that are plain lists of words: `{city_in}` → «в Казани».
#[derive(Debug, Default)]
pub struct Lexicon {
    names: BTreeMap<String, usize>,
    lists: Vec<Vec<Template>>,
}

impl Lexicon {
    /// Reads lists of words; a word may itself hold alternatives and slots filled by code, not other lists.
    pub fn new(file: &'static str, lists: BTreeMap<String, Vec<String>>) -> Result<Self, DemoError> {
        let mut lexicon = Self::default();
        for (name, words) in lists {
            let words = words.iter().map(|word| lexicon.template(file, word)).collect::<Result<_, _>>()?;
            lexicon.names.insert(name, lexicon.lists.len());
            lexicon.lists.push(words);
        }
        Ok(lexicon)
    }

    /// Reads one template.
    pub fn template(&self, file: &'static str, text: &str) -> Result<Template, DemoError> {
        let mut rest = text.chars().peekable();
        let nodes = self.nodes(&mut rest, false).and_then(|nodes| match rest.next() {
            None => Ok(nodes),
            Some(left) => Err(format!("stray {left:?}")),
        });
        nodes.map(Template).map_err(|why| DemoError::data(file, format!("{why} in «{text}»")))
    }

    /// Reads many templates.
    pub fn templates(&self, file: &'static str, texts: &[String]) -> Result<Vec<Template>, DemoError> {
        texts.iter().map(|text| self.template(file, text)).collect()
    }

    fn nodes(&self, rest: &mut Chars<'_>, inside: bool) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        let mut text = String::new();
        while let Some(&next) = rest.peek() {
            if next == ']' || (inside && next == '|') {
                break;
            }
            rest.next();
            let node = match next {
                '[' => self.choice(rest)?,
                '<' => gender(&until(rest, '>')?)?,
                '{' => self.slot(&until(rest, '}')?)?,
                plain => {
                    text.push(plain);
                    continue;
                }
            };
            if !text.is_empty() {
                nodes.push(Node::Text(std::mem::take(&mut text)));
            }
            nodes.push(node);
        }
        if !text.is_empty() {
            nodes.push(Node::Text(text));
        }
        Ok(nodes)
    }

    fn choice(&self, rest: &mut Chars<'_>) -> Result<Node, String> {
        let mut ways = Vec::new();
        loop {
            ways.push(self.nodes(rest, true)?);
            match rest.next() {
                Some('|') => {}
                Some(']') => return Ok(Node::Choice(ways)),
                _ => return Err("unclosed [".to_owned()),
            }
        }
    }

    fn slot(&self, name: &str) -> Result<Node, String> {
        match (self.names.get(name), Filled::named(name)) {
            (Some(list), _) => Ok(Node::List(*list)),
            (None, Some(filled)) => Ok(Node::Filled(filled)),
            (None, None) => Err(format!("unknown slot {{{name}}}")),
        }
    }

    /// Appends `template` in the author's words.
    pub fn say(&self, template: &Template, author: &Author<'_>, rng: &mut Stream, out: &mut String) {
        self.say_nodes(&template.0, author, rng, out);
    }

    fn say_nodes(&self, nodes: &[Node], author: &Author<'_>, rng: &mut Stream, out: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Gender { he, she } => out.push_str(if author.female { she } else { he }),
                Node::Filled(filled) => filled.fill(author, rng, out),
                Node::Choice(ways) => {
                    if let Some(way) = one_of(rng, ways) {
                        self.say_nodes(way, author, rng, out);
                    }
                }
                Node::List(list) => {
                    if let Some(word) = self.lists.get(*list).and_then(|words| one_of(rng, words)) {
                        self.say_nodes(&word.0, author, rng, out);
                    }
                }
            }
        }
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn until(rest: &mut Chars<'_>, end: char) -> Result<String, String> {
    let mut text = String::new();
    for next in rest.by_ref() {
        if next == end {
            return Ok(text);
        }
        text.push(next);
    }
    Err(format!("no {end:?}"))
}

fn gender(text: &str) -> Result<Node, String> {
    match text.split_once('|') {
        Some((he, she)) => Ok(Node::Gender { he: he.to_owned(), she: she.to_owned() }),
        None => Err(format!("<{text}> needs two forms")),
    }
}
