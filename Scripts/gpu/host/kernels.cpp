// The kernels of one precision with their names. PRECISION is 32 or 64.

#include "fibres.h"

#include <tuple>
#include <utility>

#include "entries.h"

// Types of both precisions have the same names.
namespace {

#include "kernels.cu"

template <class... Arguments, size_t... indices>
void call(void (*kernel)(Arguments...), void **arguments, std::index_sequence<indices...>) {
    kernel(*(Arguments *)arguments[indices]...);
}

template <class... Arguments> void call(void (*kernel)(Arguments...), void **arguments) {
    call(kernel, arguments, std::index_sequence_for<Arguments...>());
}

}  // namespace

#define TEXT_EXPANDED(text) #text
#define TEXT(text) TEXT_EXPANDED(text)
#define ENTRY(name, fewest, most) \
    {TEXT(NAMED(name)), fewest, most, [](void **arguments) { call(NAMED(name), arguments); }}

const host::Entry NAMED(host_entries)[] = {
    ENTRY(forward_small, 128, 128),
    ENTRY(forward_large, 128, 128),
    ENTRY(backward_small, 128, 128),
    ENTRY(backward_large, 128, 128),
    ENTRY(gradient_small, 128, 128),
    ENTRY(gradient_large, 128, 128),
    ENTRY(output_layer, 128, 128),
    ENTRY(output_rows, 128, 128),
    ENTRY(collect, 256, 256),
    ENTRY(apply, 256, 256),
    ENTRY(squares, 256, 256),
    ENTRY(finish, 256, 256),
    ENTRY(train_networks, 32, 512),
    ENTRY(table_inputs, 256, 256),
    ENTRY(parametric, 256, 256),
    ENTRY(multiply_delta, 256, 256),
    ENTRY(number_gradient, 256, 256),
    ENTRY(category_gradient, 256, 256),
    ENTRY(update_ranges, 256, 256),
    {nullptr, 0, 0, nullptr},
};
