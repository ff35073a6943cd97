"""Images that people upload: read by content, turned upright, made smaller, stripped of what the camera wrote."""

import io
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from activities import exceptions as refused

# Formats by their content; a name or a type that a browser says proves nothing.
FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 15 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
QUALITY = 82
# ISO base media files whose brand says HEIC: what iPhones send unless told otherwise.
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def as_plain_jpeg(file: IO[bytes]) -> tuple[bytes, int, int]:
    """JPEG of an image at most LONGEST_SIDE pixels wide and high, upright, without metadata; width and height.

    The picture is drawn anew, so nothing that was hidden in the file is kept. Raises NotAnImage, HeicImage,
    ImageTooLarge.
    """
    head = file.read(16)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        raise refused.HeicImage
    if file.seek(0, io.SEEK_END) > LARGEST_BYTES:
        raise refused.ImageTooLarge
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > LARGEST_PIXELS:
                raise refused.ImageTooLarge
            # A JPEG is read at a fraction of its size where that is enough.
            image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
            upright = ImageOps.exif_transpose(image)
            plain = _flattened(upright)
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refused.ImageTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise refused.NotAnImage from error
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), plain.width, plain.height


def _flattened(image: Image.Image) -> Image.Image:
    """The pixels alone, in RGB on white: metadata and transparency stay behind."""
    coloured = image.convert("RGBA") if image.mode in ("P", "LA", "RGBA", "PA") else image.convert("RGB")
    plain = Image.new("RGB", coloured.size, "white")
    plain.paste(coloured, mask=coloured.getchannel("A") if coloured.mode == "RGBA" else None)
    return plain
