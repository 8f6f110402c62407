"""Covers faces with OpenCV alone, as its tutorials put it together: opencv.py MODEL CLIP OUT.y4m

VideoCapture, blobFromImage, dnn.readNetFromONNX, NMSBoxes, GaussianBlur. The covered frames are written as Y4M by
hand, since VideoWriter took more than twice as long for the same raw frames.
"""

import sys

import cv2
import numpy

WIDTH, HEIGHT = 640, 384
LEAST_SCORE, MOST_OVERLAP = 0.24, 0.4
ANCHORS = [(8, [10, 16, 24]), (16, [32, 48]), (32, [64, 96]), (64, [128, 192, 256])]


def priors():
    rows = []
    for stride, sides in ANCHORS:
        for y in range(HEIGHT // stride):
            for x in range(WIDTH // stride):
                rows += [((x + 0.5) * stride, (y + 0.5) * stride, side) for side in sides]
    return numpy.array(rows, numpy.float32)


def faces(net, priors, frame):
    height, width = frame.shape[:2]
    scale = min(WIDTH / width, HEIGHT / height)
    small = cv2.resize(frame, (round(width * scale), round(height * scale)))
    small = cv2.copyMakeBorder(
        small, 0, HEIGHT - small.shape[0], 0, WIDTH - small.shape[1], cv2.BORDER_CONSTANT
    )
    net.setInput(cv2.dnn.blobFromImage(small, 1 / 128, mean=(127, 127, 127), swapRB=True))
    logits, offsets = (out[0] for out in net.forward(["cls", "loc"]))
    scores = 1 / (1 + numpy.exp(logits[:, 0] - logits[:, 1]))
    found = scores > LEAST_SCORE
    centre_x, centre_y, side = priors[found].T
    x, y, w, h = offsets[found].T
    w, h = side * numpy.exp(0.2 * w), side * numpy.exp(0.2 * h)
    x, y = centre_x + 0.1 * x * side - w / 2, centre_y + 0.1 * y * side - h / 2
    boxes = numpy.stack([x, y, w, h], axis=1) / scale
    kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores[found].tolist(), LEAST_SCORE, MOST_OVERLAP)
    return [boxes[i] for i in kept]


def blur(frame, box):
    x, y, w, h = box
    height, width = frame.shape[:2]
    left, top = max(0, int(x)), max(0, int(y))
    right, bottom = min(width, int(x + w)), min(height, int(y + h))
    if left < right and top < bottom:
        face = frame[top:bottom, left:right]
        kernel = ((right - left) // 3 | 1, (bottom - top) // 3 | 1)
        frame[top:bottom, left:right] = cv2.GaussianBlur(face, kernel, 0)


model, clip, out = sys.argv[1:]
cv2.setNumThreads(1)
net = cv2.dnn.readNetFromONNX(model)
priors = priors()
capture = cv2.VideoCapture(clip)
size = [int(capture.get(side)) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)]
with open(out, "wb") as file:
    file.write(b"YUV4MPEG2 W%d H%d F25:1 Ip A1:1 C420jpeg\n" % tuple(size))
    while True:
        there, frame = capture.read()
        if not there:
            break
        for box in faces(net, priors, frame):
            blur(frame, box)
        file.write(b"FRAME\n")
        file.write(cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420))
