#![allow(clippy::unwrap_used)]

use super::*;
use image::{ImageBuffer, Luma, LumaA};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use yishi_testkit::outside::{files, outside};

const LONG: u32 = 1_600;

/// A picture whose left half is of one colour, its right half of another.
macro_rules! halves {
    ($left:expr, $right:expr) => {
        DynamicImage::from(ImageBuffer::from_fn(16, 16, |x, _| if x < 8 { $left } else { $right }))
    };
}

fn written(photo: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Vec::new();
    photo.write_to(&mut Cursor::new(&mut out), format).unwrap();
    out
}

fn png_of(photo: &DynamicImage) -> Vec<u8> {
    written(photo, ImageFormat::Png)
}

/// A picture in which everything varies, so that nothing of it can be spared.
fn motley() -> DynamicImage {
    DynamicImage::from(RgbImage::from_fn(64, 64, |x, y| {
        Rgb([x * 37 + y * 11, x * 5 + y * 91, x * y].map(|n| (n % 256) as u8))
    }))
}

async fn seen(bytes: Vec<u8>) -> RgbImage {
    image::load_from_memory(&again(bytes, LONG).await.unwrap()).unwrap().to_rgb8()
}

const PROGRESSIVE_JPEG: &[u8] = include_bytes!("../pictures/progressive.jpg");
const LOSSY_WEBP: &[u8] = include_bytes!("../pictures/lossy.webp");
const SEE_THROUGH_WEBP: &[u8] = include_bytes!("../pictures/alpha.webp");

/// A picture: what it is, its bytes, and what a browser shows on its left and on its right.
type Case = (&'static str, Vec<u8>, [u8; 3], [u8; 3]);

#[tokio::test]
async fn every_kind_of_colour_comes_out_as_a_browser_shows_it() {
    let file = |bytes: &[u8]| bytes.to_vec();
    let (black, white) = ([0; 3], [255; 3]);
    let ink = halves!(Rgba([0_u8, 0, 0, 255]), Rgba([0, 0, 0, 0]));
    let red = halves!(Rgb([255_u8, 0, 0]), Rgb([255, 0, 0]));
    let table: [Case; 18] = [
        ("grey", png_of(&halves!(Luma([90_u8]), Luma([200]))), [90; 3], [200; 3]),
        ("grey, see-through", png_of(&halves!(LumaA([0_u8, 255]), LumaA([0, 0]))), black, white),
        ("grey, half so", png_of(&halves!(LumaA([0_u8, 128]), LumaA([100, 51]))), [127; 3], [224; 3]),
        ("grey, 16 bit", png_of(&halves!(Luma([0x5a5a_u16]), Luma([0xffff]))), [90; 3], white),
        ("grey, 16 bit, see-through", png_of(&halves!(LumaA([0_u16, 0xffff]), LumaA([0, 0]))), black, white),
        (
            "colour",
            png_of(&halves!(Rgb([30_u8, 160, 60]), Rgb([250, 240, 10]))),
            [30, 160, 60],
            [250, 240, 10],
        ),
        ("colour, see-through", png_of(&ink), black, white),
        (
            "colour, partly so",
            png_of(&halves!(Rgba([200_u8, 0, 0, 102]), Rgba([0, 0, 200, 255]))),
            [233, 153, 153],
            [0, 0, 200],
        ),
        (
            "colour, 16 bit",
            png_of(&halves!(Rgb([0x1e1e_u16, 0xa0a0, 0x3c3c]), Rgb([0; 3]))),
            [30, 160, 60],
            black,
        ),
        (
            "colour, 16 bit, see-through",
            png_of(&halves!(Rgba([0_u16, 0, 0, 0xffff]), Rgba([0, 0, 0, 0]))),
            black,
            white,
        ),
        ("palette, see-through", file(include_bytes!("../pictures/palette.png")), black, white),
        ("black and white", file(include_bytes!("../pictures/bits.png")), black, white),
        ("lossy WebP, see-through", file(SEE_THROUGH_WEBP), black, white),
        ("lossless WebP, see-through", written(&ink, ImageFormat::WebP), black, white),
        ("JPEG", written(&red, ImageFormat::Jpeg), [255, 0, 0], [255, 0, 0]),
        ("grey JPEG", written(&halves!(Luma([90_u8]), Luma([200])), ImageFormat::Jpeg), [90; 3], [200; 3]),
        ("CMYK JPEG", file(include_bytes!("../pictures/cmyk.jpg")), [255, 0, 0], [255, 0, 0]),
        ("YCCK JPEG", file(include_bytes!("../pictures/ycck.jpg")), [255, 0, 0], [255, 0, 0]),
    ];
    for (name, bytes, left, right) in table {
        let photo = seen(bytes).await;
        assert_eq!(photo.dimensions(), (16, 16), "{name}");
        for (x, wanted) in [(3, left), (12, right)] {
            let Rgb(found) = *photo.get_pixel(x, 8);
            let near = found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 10);
            assert!(near, "{name} at {x}: {found:?}, not {wanted:?}");
        }
    }
}

#[tokio::test]
async fn part_of_a_photo_is_not_taken_for_a_whole_one() {
    let whole = [
        ("JPEG", written(&motley(), ImageFormat::Jpeg)),
        ("progressive JPEG", PROGRESSIVE_JPEG.to_vec()),
        ("PNG", png_of(&motley())),
        ("lossless WebP", written(&motley(), ImageFormat::WebP)),
        ("lossy WebP", LOSSY_WEBP.to_vec()),
    ];
    for (name, bytes) in whole {
        assert!(again(bytes.clone(), LONG).await.is_ok(), "{name}");
        for percent in [5, 30, 50, 66, 80, 95, 98] {
            let cut = bytes[..bytes.len() * percent / 100].to_vec();
            assert_eq!(again(cut, LONG).await, Err(Unfit::NotWhole), "{percent} % of a {name}");
        }
        // A card on which the rest was never written.
        let mut blank = bytes.clone();
        blank[bytes.len() * 2 / 3..].fill(0);
        assert!(name.contains("WebP") || again(blank, LONG).await == Err(Unfit::NotWhole), "{name}");
    }
    let mut jpeg = written(&motley(), ImageFormat::Jpeg);
    jpeg.truncate(jpeg.len() - 2);
    assert_eq!(again(jpeg, LONG).await, Err(Unfit::NotWhole), "only the end mark is missing");
}

#[tokio::test]
async fn what_lies_behind_a_photo_does_not_count() {
    let mut jpeg = written(&motley(), ImageFormat::Jpeg);
    jpeg.extend(b"a short film, as phones add it\xff\xda");
    assert!(again(jpeg, LONG).await.is_ok());
}

/// The head of a PNG that says it is so large.
fn png_head(side: u32, depth: u8, colour: u8) -> Vec<u8> {
    let sides = [side.to_be_bytes(), side.to_be_bytes()].concat();
    [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &sides, &[depth, colour, 0, 0, 0], &[0; 32]].concat()
}

/// A JPEG that says it is so large.
fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = written(&motley(), ImageFormat::Jpeg);
    let (_, says, _) = segments(&jpeg).find(|(marker, ..)| FRAMES.contains(marker)).unwrap();
    jpeg[says + 1..says + 3].copy_from_slice(&height.to_be_bytes());
    jpeg[says + 3..says + 5].copy_from_slice(&width.to_be_bytes());
    jpeg
}

#[tokio::test]
async fn a_small_file_that_is_a_huge_picture_is_refused_before_it_is_decoded() {
    for (depth, colour) in [(1, 0), (8, 0), (8, 2), (8, 3), (8, 6), (16, 2), (16, 6)] {
        for side in [20_000, u32::MAX] {
            let refused = again(png_head(side, depth, colour), LONG).await;
            assert_eq!(refused, Err(Unfit::TooManyPixels), "{side} {depth} {colour}");
        }
    }
    assert_eq!(again(jpeg_of(20_000, 20_000), LONG).await, Err(Unfit::TooManyPixels));
    // Both what the file and what its part says counts: the part is decoded first.
    let says = |canvas: u32, part: u16| {
        let mut webp = SEE_THROUGH_WEBP.to_vec();
        let side = (canvas - 1).to_le_bytes();
        let at = |name: &[u8]| SEE_THROUGH_WEBP.windows(4).position(|four| four == name).unwrap() + 8;
        let (all, one) = (at(b"VP8X"), at(b"VP8 "));
        webp[all + 4..all + 7].copy_from_slice(&side[..3]);
        webp[all + 7..all + 10].copy_from_slice(&side[..3]);
        webp[one + 6..one + 8].copy_from_slice(&part.to_le_bytes());
        webp[one + 8..one + 10].copy_from_slice(&part.to_le_bytes());
        webp
    };
    assert_eq!(again(says(16_000, 16), LONG).await, Err(Unfit::TooManyPixels));
    assert_eq!(again(says(16, 16_000), LONG).await, Err(Unfit::TooManyPixels));
    assert!(again(says(16, 16), LONG).await.is_ok());
    // Photos as phones take them.
    for (width, height, shares) in [(4_032, 3_024, 1), (8_192, 6_144, 1), (9_248, 6_936, 2)] {
        assert_eq!(Look::at(&jpeg_of(width, height)).unwrap().shares(), Ok(shares), "{width}");
    }
}

#[tokio::test]
async fn no_more_is_decoded_at_once_than_there_is_memory_for() {
    let all = DECODING.acquire_many(AT_ONCE).await.unwrap();
    let waiting = tokio::spawn(again(png_of(&motley()), LONG));
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!waiting.is_finished());
    drop(all);
    assert!(waiting.await.unwrap().is_ok());
    assert_eq!(DECODING.available_permits(), AT_ONCE as usize);
}

#[tokio::test]
async fn a_photo_is_encoded_anew_and_shrunk() {
    let photo = DynamicImage::from(RgbImage::from_pixel(3_600, 1_800, Rgb([200, 30, 30])));
    let out = again(png_of(&photo), LONG).await.unwrap();
    assert!(out.starts_with(&[0xff, 0xd8]));
    let photo = image::load_from_memory(&out).unwrap().to_rgb8();
    assert_eq!(photo.dimensions(), (1_600, 800));
    assert!(photo.get_pixel(800, 400).0.iter().zip([200, 30, 30]).all(|(a, b)| a.abs_diff(b) < 6));
}

/// What cameras write before the picture: that it lies on its side, and where it was taken.
const BESIDE_IT: &[u8] =
    b"\xff\xe1\x00\x2bExif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 30.10";

#[tokio::test]
async fn a_photo_is_turned_upright_and_nothing_hidden_is_kept() {
    let mut jpeg = written(&DynamicImage::from(RgbImage::new(40, 20)), ImageFormat::Jpeg);
    jpeg.splice(2..2, BESIDE_IT.iter().copied());
    let out = again(jpeg, LONG).await.unwrap();
    assert!(!out.windows(4).any(|part| part == b"Exif" || part == b"GPS "));
    assert_eq!(image::load_from_memory(&out).unwrap().dimensions(), (20, 40));
}

#[tokio::test]
async fn what_is_no_photo_is_refused() {
    for bytes in [&b"<svg onload=alert(1)>"[..], b"", b"GIF89a\x01\x00\x01\x00"] {
        assert_eq!(again(bytes.to_vec(), LONG).await, Err(Unfit::NotAPhoto));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_large_pictures_at_once_take_less_than_400_megabytes() {
    let side = |side| RgbImage::new(side, side);
    let grey = DynamicImage::from(ImageBuffer::<Luma<u8>, _>::new(8_900, 8_900));
    let pictures = [
        png_of(&grey),
        written(&DynamicImage::from(side(10_300)), ImageFormat::Jpeg),
        png_of(&DynamicImage::from(ImageBuffer::<Rgba<u16>, _>::new(6_300, 6_300))),
        written(&DynamicImage::from(ImageBuffer::<Rgba<u8>, _>::new(5_100, 5_100)), ImageFormat::WebP),
        written(&DynamicImage::from(side(7_200)), ImageFormat::Jpeg),
    ];
    drop(grey);
    // From here on the kernel counts the peak anew.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let mut all = JoinSet::new();
    for n in 0..20 {
        all.spawn(again(pictures[n % pictures.len()].clone(), LONG));
    }
    for done in all.join_all().await {
        assert!(done.is_ok());
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = peak.trim().strip_suffix(" kB").unwrap().trim().parse().unwrap();
    println!("peak: {kilobytes} kB");
    assert!(kilobytes < 400_000, "{kilobytes}");
}

#[test]
fn any_bytes_are_a_jpeg_of_ours_or_no_photo() {
    let mut samples = files("picture/pictures");
    samples.extend([png_of(&motley()), written(&motley(), ImageFormat::Jpeg), jpeg_of(64, 64)]);
    let runtime = Builder::new_current_thread().build().unwrap();
    outside(samples, 1_000, |bytes| {
        // What is huge is refused or slow, and tried elsewhere.
        if Look::at(bytes).is_ok_and(|look| look.pixels > 250_000) {
            return;
        }
        if let Ok(made) = runtime.block_on(again(bytes.to_vec(), 64)) {
            let made = image::load_from_memory_with_format(&made, ImageFormat::Jpeg).unwrap();
            assert!(made.width() <= 64 && made.height() <= 64);
        }
    });
}
