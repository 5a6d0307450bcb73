export { Button, IconButton, type ButtonProps, type IconButtonProps } from "./button";
export { TextField } from "./fields";
export { Segments, Switch } from "./choices";
export { Select, type Choice } from "./select";
export { Dialog, Menu, type MenuAction } from "./overlays";
export { Avatar, LevelMeter, Notice, Skeleton, Tile, initialsOf } from "./display";
export { Empty } from "./empty";
export { ToastQueue, ToastRegion } from "./toasts";
