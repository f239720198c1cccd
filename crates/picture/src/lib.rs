//! A file's bytes made into a JPEG of ours (图片): looked at before anything is decoded, since a
//! small file may claim to be a huge picture; decoded strictly, since half a photo proves nothing;
//! shrunk, turned upright and laid on white. Where it comes from and goes to is not known here.
//! A crate by itself, since decoders are generic and compiled where they are called: this one is
//! optimised in every build.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _, ImageDecoder as _, ImageError, ImageFormat};
use image::{ImageReader, Limits, Rgb, RgbImage, Rgba};
use std::io::Cursor;
use tokio::sync::Semaphore;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Pictures decoded at once in this process.
const AT_ONCE: u32 = 2;
/// What each of them may take, in bytes; one that takes more is decoded alone. A photo of 50
/// megapixels, as phones take them today, needs 150 million.
const SHARE: u64 = 160_000_000;
/// What is packed beside a picture (colour profile, text) may unpack to, in bytes.
const BESIDE: u64 = 16 * 1024 * 1024;

/// The shares of memory that are free. A decoding that nobody waits for any more keeps its own
/// until it ends.
static DECODING: Semaphore = Semaphore::const_new(AT_ONCE as usize);

/// Why a file was not made into a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// More pixels than we decode.
    TooManyPixels,
    /// No JPEG, PNG or WebP.
    NotAPhoto,
    /// Part of it is missing or broken.
    NotWhole,
}

/// Decodes, shrinks until no side is longer, turns upright and encodes as JPEG, at most two at
/// once.
///
/// # Errors
/// When it is no photo, not whole, or too large to be decoded.
pub async fn again(bytes: Vec<u8>, longest: u32) -> Result<Vec<u8>, Unfit> {
    let look = Look::at(&bytes)?;
    let shares = look.shares()?;
    let held = DECODING.acquire_many(shares).await.map_err(|_| Unfit::NotAPhoto)?;
    let made = tokio::task::spawn_blocking(move || {
        let _held = held;
        look.made_anew(&bytes, longest)
    });
    // A decoder that panics has met a file that is no photo.
    made.await.map_err(|_| Unfit::NotAPhoto)?
}

/// What a file says about itself before it is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    format: ImageFormat,
    pixels: u64,
    /// Bytes of memory that decoding takes for each pixel, at worst.
    each: u64,
}

impl Look {
    fn at(bytes: &[u8]) -> Result<Self, Unfit> {
        let format = image::guess_format(bytes).map_err(|_| Unfit::NotAPhoto)?;
        let (pixels, each) = match format {
            ImageFormat::Jpeg => jpeg(bytes),
            ImageFormat::Png => png(bytes),
            ImageFormat::WebP => webp(bytes),
            _ => return Err(Unfit::NotAPhoto),
        }
        .ok_or(Unfit::NotWhole)?;
        Ok(Self { format, pixels, each })
    }

    fn memory(self) -> u64 {
        self.pixels.saturating_mul(self.each)
    }

    /// How many shares of memory decoding takes.
    fn shares(self) -> Result<u32, Unfit> {
        let shares = self.memory().div_ceil(SHARE).max(1);
        match u32::try_from(shares) {
            Ok(shares) if shares <= AT_ONCE => Ok(shares),
            _ => Err(Unfit::TooManyPixels),
        }
    }

    fn made_anew(self, bytes: &[u8], longest: u32) -> Result<Vec<u8>, Unfit> {
        let (photo, orientation) = match self.format {
            ImageFormat::Jpeg => self.jpeg(bytes)?,
            _ => self.other(bytes)?,
        };
        let small = shrunk(&photo, longest);
        drop(photo);
        let mut small = DynamicImage::ImageRgb8(small);
        if small.width().max(small.height()) > longest {
            small = small.resize(longest, longest, FilterType::Triangle);
        }
        small.apply_orientation(orientation);
        let mut out = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut out, 82);
        small.to_rgb8().write_with_encoder(encoder).map_err(|_| Unfit::NotAPhoto)?;
        Ok(out)
    }

    /// A decoded JPEG. The decoder of `image` fills in what is missing and says nothing.
    fn jpeg(self, bytes: &[u8]) -> Result<(DynamicImage, Orientation), Unfit> {
        let not = |error| match error {
            DecodeErrors::Unsupported(_) => Unfit::NotAPhoto,
            _ => Unfit::NotWhole,
        };
        let options = DecoderOptions::default()
            .set_strict_mode(true)
            .set_max_width(usize::from(u16::MAX))
            .set_max_height(usize::from(u16::MAX))
            .jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        decoder.decode_headers().map_err(not)?;
        let (width, height) = decoder.info().map(|info| (info.width, info.height)).unwrap_or_default();
        let (width, height) = (u32::from(width), u32::from(height));
        // Whoever reads the same bytes another way than we do is not let any further.
        if u64::from(width) * u64::from(height) != self.pixels || !has_end(bytes) {
            return Err(Unfit::NotWhole);
        }
        let pixels = decoder.decode().map_err(not)?;
        let photo = RgbImage::from_raw(width, height, pixels).ok_or(Unfit::NotWhole)?;
        let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
        Ok((DynamicImage::ImageRgb8(photo), orientation.unwrap_or(Orientation::NoTransforms)))
    }

    /// A decoded PNG or WebP.
    fn other(self, bytes: &[u8]) -> Result<(DynamicImage, Orientation), Unfit> {
        let not = |error| match error {
            ImageError::Unsupported(_) => Unfit::NotAPhoto,
            ImageError::Limits(_) => Unfit::TooManyPixels,
            _ => Unfit::NotWhole,
        };
        let mut reader = ImageReader::with_format(Cursor::new(bytes), self.format);
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(BESIDE);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(not)?;
        if decoder.total_bytes() > self.memory() {
            return Err(Unfit::NotWhole);
        }
        // What stands beside a picture may be broken; the picture is what counts.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        Ok((DynamicImage::from_decoder(decoder).map_err(not)?, orientation))
    }
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The segments of a JPEG before its picture: marker, where what it says begins, where it ends.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, usize, usize)> {
    let mut at = 2;
    std::iter::from_fn(move || {
        // Markers may be filled up with more of 0xff.
        while bytes.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let marker = *bytes.get(at..at + 2)?.strip_prefix(&[0xff])?.first()?;
        let says = at + 4;
        at += 2 + usize::from(two(bytes, at + 2)?);
        Some((marker, says, at))
    })
}

const FRAMES: [u8; 3] = [0xc0, 0xc1, 0xc2];
const PROGRESSIVE: u8 = 0xc2;
const SCAN: u8 = 0xda;
const END: [u8; 2] = [0xff, 0xd9];

/// Pixels of a JPEG, and what each takes: three bytes of colour; where the picture comes in
/// several scans, two more for each of its components, which are kept until the last scan.
fn jpeg(bytes: &[u8]) -> Option<(u64, u64)> {
    let (frame, says, _) = segments(bytes).find(|(marker, ..)| FRAMES.contains(marker))?;
    let (height, width) = (two(bytes, says + 1)?, two(bytes, says + 3)?);
    let components = *bytes.get(says + 5)?;
    let (_, says, _) = segments(bytes).find(|(marker, ..)| *marker == SCAN)?;
    let at_once = frame != PROGRESSIVE && *bytes.get(says)? == components;
    let each = if at_once { 3 } else { 3 + 2 * u64::from(components) };
    Some((u64::from(width) * u64::from(height), each))
}

/// Whether a JPEG has an end: decoders overlook that the last rows are missing.
fn has_end(bytes: &[u8]) -> bool {
    let scan = segments(bytes).find(|(marker, ..)| *marker == SCAN);
    let picture = scan.and_then(|(.., end)| bytes.get(end..));
    picture.is_some_and(|picture| picture.windows(2).any(|two| two == END))
}

/// Pixels of a PNG, and what each takes: four channels at most, each of one byte or two.
fn png(bytes: &[u8]) -> Option<(u64, u64)> {
    // The header is always the first chunk.
    bytes.get(12..16).filter(|name| *name == b"IHDR")?;
    let four = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (four(16)?, four(20)?);
    let each = if *bytes.get(24)? > 8 { 8 } else { 4 };
    Some((u64::from(width).saturating_mul(u64::from(height)), each))
}

/// Pixels of the largest picture in a WebP file, and what each takes: the picture, its planes,
/// and the unpacked transparency lie in memory at once. Each part says its size anew, and is
/// decoded before anyone compares.
fn webp(bytes: &[u8]) -> Option<(u64, u64)> {
    let number = |at: usize, length: usize| {
        let bytes = bytes.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    let (mut at, mut most) = (12, None);
    while let Some(name) = bytes.get(at..at + 4) {
        let Some(length) = number(at + 4, 4) else { break };
        let says = at + 8;
        let pixels = match name {
            b"VP8X" => Some((number(says + 4, 3)? + 1) * (number(says + 7, 3)? + 1)),
            b"ANMF" => Some((number(says + 6, 3)? + 1) * (number(says + 9, 3)? + 1)),
            b"VP8 " => Some((number(says + 6, 2)? & 0x3fff) * (number(says + 8, 2)? & 0x3fff)),
            b"VP8L" => {
                let sides = number(says + 1, 4)?;
                Some(((sides & 0x3fff) + 1) * ((sides >> 14 & 0x3fff) + 1))
            }
            _ => None,
        };
        most = most.max(pixels);
        // A frame of an animation has parts of its own behind its sixteen bytes.
        let length = if name == b"ANMF" { 16 } else { length + length % 2 };
        at = says.saturating_add(usize::try_from(length).ok()?);
    }
    Some((most?, 12))
}

/// The photo on white, each of its points the middle of a square of the photo's, so that it is
/// less than twice as long as it shall be: from there on better ways cost little memory.
fn shrunk(photo: &DynamicImage, longest: u32) -> RgbImage {
    let (width, height) = photo.dimensions();
    let step = (width.max(height) / longest).max(1);
    RgbImage::from_fn(width.div_ceil(step), height.div_ceil(step), |column, row| {
        let (left, top) = (column * step, row * step);
        let (right, bottom) = ((left + step).min(width), (top + step).min(height));
        let mut sums = [0_u64; 3];
        for y in top..bottom {
            for x in left..right {
                let Rgba([red, green, blue, cover]) = photo.get_pixel(x, y);
                for (sum, colour) in sums.iter_mut().zip([red, green, blue]) {
                    *sum += on_white(colour, cover);
                }
            }
        }
        let points = u64::from(right - left) * u64::from(bottom - top);
        Rgb(sums.map(|sum| u8::try_from((sum + points / 2) / points).unwrap_or(u8::MAX)))
    })
}

/// A colour that covers white so much: JPEG has no transparency, and what was not there at all
/// would come out black.
fn on_white(colour: u8, cover: u8) -> u64 {
    let (colour, cover) = (u64::from(colour), u64::from(cover));
    (colour * cover + 255 * (255 - cover) + 127) / 255
}

#[cfg(test)]
mod tests;
