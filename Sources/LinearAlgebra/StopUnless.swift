/// Stops the program with a message unless a condition holds, in optimized builds too, where `precondition` prints none.
@inlinable
@inline(__always)
package func stopUnless(_ condition: Bool, _ message: @autoclosure () -> String) {
    guard condition else { stop(message()) }
}

/// Stops the program. A function of its own, so that what is inlined at every index is one comparison and one call.
@usableFromInline
@inline(never)
func stop(_ message: String) -> Never { fatalError(message) }
