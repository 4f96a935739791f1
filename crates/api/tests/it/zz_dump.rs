//! temporary

#[test]
fn dump() {
    let text = otklik_api::openapi().to_pretty_json().unwrap();
    std::fs::write("/tmp/w4-reports/openapi.json", text + "\n").unwrap();
}
