use super::*;

fn document(text: &str) -> DocumentMut {
    text.parse().unwrap()
}

fn tea() -> Vec<(&'static str, Value)> {
    vec![("name", "tea".into()), ("when", "daily at 14:00".into())]
}

const TEA: &str = "name = \"tea\"\nwhen = \"daily at 14:00\"\n";

/// The text after an entry "tea" was added.
fn with_tea(text: &str) -> String {
    let mut document = document(text);
    add(&mut document, tea());
    document.to_string()
}

/// The text after this entry was removed.
fn without(name: &str, text: &str) -> String {
    let mut document = document(text);
    assert!(remove(&mut document, name));
    document.to_string()
}

#[test]
fn a_new_one_comes_below_the_others() {
    let text = "# a\n[[reminder]]\nname = \"a\"\nwhen = \"@daily\"\n# kind = \"question\"\n\n# Hours.\n[hours]\nsun = []\n# end\n";
    let (above, below) = text.split_once("\n# Hours").unwrap();
    assert_eq!(
        with_tea(text),
        format!("{above}\n[[reminder]]\n{TEA}\n# Hours{below}")
    );
    let text =
        "[[reminder]]\nname = \"a\"\n[reminder.when]\nevery = \"2 h\"\n[[pause]]\nwhen = \"sat\"\n";
    let (above, below) = text.split_once("[[pause]]").unwrap();
    assert_eq!(
        with_tea(text),
        format!("{above}\n[[reminder]]\n{TEA}[[pause]]{below}")
    );
}

#[test]
fn the_first_one_comes_at_the_end() {
    assert_eq!(
        with_tea("[hours]\nsun = []\n\n# [[pause]]\n"),
        format!("[hours]\nsun = []\n\n# [[pause]]\n\n[[reminder]]\n{TEA}")
    );
    assert_eq!(
        with_tea("pace.cap = 2\nreminder = []\n[hours]\n"),
        format!("pace.cap = 2\n\n[[reminder]]\n{TEA}[hours]\n")
    );
}

#[test]
fn a_list_in_one_piece_stays_one() {
    assert_eq!(
        with_tea("reminder = [{ name = \"a\", when = \"@daily\" }] # mine\n"),
        "reminder = [{ name = \"a\", when = \"@daily\" }, { name = \"tea\", when = \"daily at 14:00\" }] # mine\n"
    );
    assert_eq!(
        with_tea("reminder = [\n  # a\n  { name = \"a\", when = \"@daily\" }, # one\n  # end\n]\n"),
        "reminder = [\n  # a\n  { name = \"a\", when = \"@daily\" }, # one\n  { name = \"tea\", when = \"daily at 14:00\" },\n  # end\n]\n"
    );
}

#[test]
fn what_goes_takes_its_own_comment_and_no_other() {
    let text = "# The file.\n\n# about a\n[[reminder]]\nname = \"a\" # a\n\n# All about b.\n\n# about b\n[[reminder]]\nname = \"b\"\n\n[hours]\n";
    assert_eq!(
        without("a", text),
        "# The file.\n\n# All about b.\n\n# about b\n[[reminder]]\nname = \"b\"\n\n[hours]\n"
    );
    assert_eq!(
        without("b", text),
        "# The file.\n\n# about a\n[[reminder]]\nname = \"a\" # a\n\n# All about b.\n\n[hours]\n"
    );
}

#[test]
fn the_last_one_leaves_an_empty_list_in_its_place() {
    let text = "# The file.\n\n# about a\n[[reminder]]\nname = \"a\"\n\n# Hours.\n[hours]\n";
    let none = without("a", text);
    assert_eq!(
        none,
        "# The file.\n\nreminder = []  # none; without this line the built-in ones come back\n\n# Hours.\n[hours]\n"
    );
    assert_eq!(
        with_tea(&none),
        format!("# The file.\n\n[[reminder]]\n{TEA}\n# Hours.\n[hours]\n")
    );
    assert_eq!(
        without("a", "[[reminder]]\nname = \"a\"\n# the end\n"),
        "reminder = []  # none; without this line the built-in ones come back\n\n# the end\n"
    );
}

#[test]
fn one_of_a_list_in_one_piece() {
    let text = "reminder = [\n  { name = \"a\" }, # one\n  # about b\n  { name = \"b\" }, # two\n  { name = \"c\" }, # three\n]\n";
    for (name, left) in [
        (
            "a",
            "reminder = [\n  # about b\n  { name = \"b\" }, # two\n  { name = \"c\" }, # three\n]\n",
        ),
        (
            "b",
            "reminder = [\n  { name = \"a\" }, # one\n  { name = \"c\" }, # three\n]\n",
        ),
        (
            "c",
            "reminder = [\n  { name = \"a\" }, # one\n  # about b\n  { name = \"b\" }, # two\n]\n",
        ),
    ] {
        assert_eq!(without(name, text), left);
    }
    assert_eq!(
        without("a", "reminder = [{ name = \"a\" }, { name = \"b\" }]\n"),
        "reminder = [{ name = \"b\" }]\n"
    );
    assert_eq!(
        without("a", "reminder = [{ name = \"a\" }]\n"),
        "reminder = []\n"
    );
}

#[test]
fn those_below_are_taken_over_as_they_are() {
    let mut own = document("[hours]\nsun = []\n# end\n");
    let below = document(
        "# All about it.\n[[reminder]]\nname = \"a\" # one\n[reminder.when]\nevery = \"2 h\"\n[[reminder]]\nname = \"b\"\n",
    );
    adopt(&mut own, &below);
    add(&mut own, tea());
    assert_eq!(
        own.to_string(),
        format!(
            "[hours]\nsun = []\n# end\n\n[[reminder]]\nname = \"a\" # one\n[reminder.when]\nevery = \"2 h\"\n\n\
             [[reminder]]\nname = \"b\"\n\n[[reminder]]\n{TEA}"
        )
    );
}

#[test]
fn a_pause_for_it_learns_the_new_name() {
    let mut document = document(
        "pause = [{ when = \"sat\", only = \"a\" }, { when = \"sun\", only = [\"b\", \"a\"] }]\n",
    );
    assert!(rename_in_pauses(&mut document, "a", "c"));
    assert!(!rename_in_pauses(&mut document, "a", "c"));
    assert_eq!(
        document.to_string(),
        "pause = [{ when = \"sat\", only = \"c\" }, { when = \"sun\", only = [\"b\", \"c\"] }]\n"
    );
}
