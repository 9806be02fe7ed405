/// A window did not count.
struct VoidWindowError: Error {
    let window: VoidWindow
}
