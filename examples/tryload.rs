fn main() {
    for arg in std::env::args().skip(1) {
        let p = std::path::Path::new(&arg);
        let name = p.file_name().unwrap().to_str().unwrap();
        let r = if arg.contains("/requests/") { holdall::request::load(p).map(|r| format!("{:?} {:?}", r.right, r.subject)).map_err(|e| e.to_string()) }
        else if name.starts_with("controller") { holdall::controller::load(p).map(|p| format!("{} activities", p.activity.len())).map_err(|e| e.to_string()) }
        else { holdall::map::load(p).map_err(|e| e.to_string()).and_then(|m| {
            let prof = holdall::controller::load(&m.profile).map_err(|e| e.to_string())?;
            m.check_activities(&prof).map_err(|e| e.to_string())?;
            Ok(format!("{} tables", m.tables().count())) }) };
        match r { Ok(s) => println!("ok {arg}: {s}"), Err(e) => println!("{e}\n") }
    }
}
