#include "ui/widgets/viewport/FrameReducer.h"

#include "core/imaging/render/Modality.h"
#include "core/imaging/render/Samples.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace naru::ui {

namespace {

struct Block {
    int factor = 1, rows = 0, columns = 0, samples = 1;
};

// Sums of one row of blocks; whole blocks take the short loop.
template <typename T, typename Sum>
void plainRow(const T *in, T *out, const Block &block, int top, int height)
{
    const int columns = (block.columns + block.factor - 1) / block.factor;
    const std::size_t stride = std::size_t(block.columns) * std::size_t(block.samples);
    for (int column = 0; column < columns; ++column) {
        const int left = column * block.factor;
        const int width = std::min(block.factor, block.columns - left);
        for (int s = 0; s < block.samples; ++s) {
            Sum sum = 0;
            for (int y = 0; y < height; ++y) {
                const T *at = in + std::size_t(top + y) * stride
                    + std::size_t(left) * std::size_t(block.samples) + std::size_t(s);
                for (int x = 0; x < width; ++x)
                    sum += at[x * block.samples];
            }
            out[column * block.samples + s] = T(sum / Sum(height * width));
        }
    }
}

template <typename T>
void paddedRow(const T *in, T *out, const Block &block, int top, int height, const imaging::Modality &values)
{
    const int columns = (block.columns + block.factor - 1) / block.factor;
    for (int column = 0; column < columns; ++column) {
        const int left = column * block.factor;
        const int width = std::min(block.factor, block.columns - left);
        double sum = 0;
        int count = 0;
        for (int y = 0; y < height; ++y) {
            const T *at = in + std::size_t(top + y) * std::size_t(block.columns) + std::size_t(left);
            for (int x = 0; x < width; ++x) {
                if (!values.isPadding(double(at[x]))) {
                    sum += double(at[x]);
                    ++count;
                }
            }
        }
        out[column] = count > 0 ? T(sum / count)
                                : in[std::size_t(top) * std::size_t(block.columns) + std::size_t(left)];
    }
}

// An average of indices is no index: all are coloured, but of so many that it would hold the window one of
// each block stands for the others.
constexpr qint64 MostColoured = 8 * 1024 * 1024;

template <typename T> void pickedRow(const T *in, T *out, const Block &block, int row)
{
    const T *at = in + std::size_t(row) * std::size_t(block.columns);
    for (int column = 0; column * block.factor < block.columns; ++column)
        out[column] = at[std::min(column * block.factor + block.factor / 2, block.columns - 1)];
}

} // namespace

int FrameReducer::factorFor(double zoom)
{
    return zoom > 0 && zoom < 1 ? std::clamp(int(std::floor(1 / zoom + 1e-6)), 1, 64) : 1;
}

imaging::Frame FrameReducer::reduce(
    const imaging::Frame &frame, const imaging::ImageFacts &facts, int frameIndex, int factor)
{
    const bool indices = facts.photometric == QLatin1String("PALETTE COLOR");
    const qint64 pixels = qint64(frame.shape.rows) * frame.shape.columns;
    if (factor <= 1 || !imaging::isWhole(frame) || (indices && pixels <= MostColoured))
        return {};
    const Block block{factor, frame.shape.rows, frame.shape.columns, frame.shape.samples};
    const imaging::Modality values(facts, frameIndex);
    imaging::Frame out;
    out.shape = frame.shape;
    out.shape.rows = (block.rows + factor - 1) / factor;
    out.shape.columns = (block.columns + factor - 1) / factor;
    auto memory = std::make_shared<std::vector<std::byte>>(out.shape.bytes());
    imaging::withSamples(frame, [&](const auto *samples, std::size_t) {
        using T = std::remove_cv_t<std::remove_pointer_t<decltype(samples)>>;
        using Sum = std::conditional_t<std::is_floating_point_v<T>, double, qint64>;
        auto *to = reinterpret_cast<T *>(memory->data());
        for (int row = 0; row < out.shape.rows; ++row) {
            const int top = row * factor, height = std::min(factor, block.rows - top);
            T *line = to + std::size_t(row) * std::size_t(out.shape.columns) * std::size_t(block.samples);
            if (indices)
                pickedRow(samples, line, block, top + height / 2);
            else if (values.hasPadding() && block.samples == 1)
                paddedRow(samples, line, block, top, height, values);
            else
                plainRow<T, Sum>(samples, line, block, top, height);
        }
    });
    out.data = {memory->data(), memory->size()};
    out.owner = std::move(memory);
    return out;
}

} // namespace naru::ui
