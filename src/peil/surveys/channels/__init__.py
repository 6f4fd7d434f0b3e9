"""The ways to answer beside mail and link: in a page of a website, on a kiosk, on paper and by phone.

rules       when a widget shows itself
pins        who may start and leave a kiosk
proven      what a website says of whom it shows a form, and proves
devices     what a device sends: with a number that it drew, later perhaps
following   which questions follow from which answers, for devices that have to know by themselves
entering    what a colleague enters, and takes back
files       a file of answers on paper: checked whole, taken in whole
read_in     files that were taken in, and taking one back
"""
