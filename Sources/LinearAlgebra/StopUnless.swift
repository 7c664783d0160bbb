/// Stops the program with a message unless a condition holds, in optimized builds too, where `precondition` prints none.
@inlinable
@inline(__always)
package func stopUnless(_ condition: Bool, _ message: @autoclosure () -> String) {
    guard condition else { stop(message()) }
}

@usableFromInline
@inline(never)
func stop(_ message: String) -> Never { fatalError(message) }
