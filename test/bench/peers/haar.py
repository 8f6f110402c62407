"""Covers faces with OpenCV's Haar cascade, as its tutorial has it: haar.py CASCADE CLIP OUT.y4m"""

import sys

import cv2

cascade, clip, out = sys.argv[1:]
cv2.setNumThreads(1)
cascade = cv2.CascadeClassifier(cascade)
capture = cv2.VideoCapture(clip)
size = [int(capture.get(side)) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)]
with open(out, "wb") as file:
    file.write(b"YUV4MPEG2 W%d H%d F25:1 Ip A1:1 C420jpeg\n" % tuple(size))
    while True:
        there, frame = capture.read()
        if not there:
            break
        grey = cv2.equalizeHist(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY))
        for x, y, w, h in cascade.detectMultiScale(grey):
            face = frame[y : y + h, x : x + w]
            frame[y : y + h, x : x + w] = cv2.GaussianBlur(face, (w // 3 | 1, h // 3 | 1), 0)
        file.write(b"FRAME\n")
        file.write(cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420))
