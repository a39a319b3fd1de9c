fn main() {
    let t = std::time::Instant::now();
    let (s, d) = katalog::load::load(std::path::Path::new(&std::env::args().nth(1).unwrap()));
    for x in &d { print!("{x}"); }
    println!("load {} {:?}", d.len(), t.elapsed());
    let (c, d) = katalog::resolve::resolve(s);
    for x in &d { print!("{x}"); }
    println!("resolve {} {:?} {}", d.len(), t.elapsed(), c.is_some());
}
